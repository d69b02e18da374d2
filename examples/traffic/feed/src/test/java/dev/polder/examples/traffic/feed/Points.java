package dev.polder.examples.traffic.feed;

/// Texts of feed documents, in the shape of the real one, made for tests.
final class Points {
  private Points() {}

  /// A point at 16:56 (+01:00) with two articulated trucks at 87 km/h, and what a test changes in
  /// it.
  static String point(String from, String to) {
    StringBuilder xml =
        new StringBuilder(
            """
                <meetpunt beschrijvende_id="H77L10" unieke_id="7">
                    <lve_nr>3</lve_nr>
                    <tijd_waarneming>2020-04-30T16:56:00+01:00</tijd_waarneming>
                    <tijd_laatst_gewijzigd>2020-04-30T16:57:14+01:00</tijd_laatst_gewijzigd>
                    <actueel_publicatie>1</actueel_publicatie>
                    <beschikbaar>1</beschikbaar>
                    <defect>0</defect>
                    <geldig>0</geldig>
            """);
    for (int vehicleClass = 1; vehicleClass <= 5; vehicleClass++) {
      boolean passed = vehicleClass == 5;
      xml.append(
          """
                  <meetdata klasse_id="%d">
                      <verkeersintensiteit>%d</verkeersintensiteit>
                      <voertuigsnelheid_rekenkundig>%d</voertuigsnelheid_rekenkundig>
                      <voertuigsnelheid_harmonisch>%d</voertuigsnelheid_harmonisch>
                  </meetdata>
          """
              .formatted(vehicleClass, passed ? 2 : 0, passed ? 87 : 0, passed ? 86 : 252));
    }
    xml.append(
        """
                <rekendata>
                    <bezettingsgraad>4</bezettingsgraad>
                    <beschikbaarheidsgraad>100</beschikbaarheidsgraad>
                    <onrustigheid>36</onrustigheid>
                </rekendata>
            </meetpunt>
        """);
    return xml.toString().replace(from, to);
  }

  static String document(String... points) {
    return """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <miv xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" schemaVersion="1.0.0">
        <tijd_publicatie>2020-04-30T16:58:21.45+01:00</tijd_publicatie>
        <tijd_laatste_config_wijziging>2019-12-05T10:26:49+01:00</tijd_laatste_config_wijziging>
    %s</miv>
    """
        .formatted(String.join("", points));
  }
}
