package dev.polder.appsync.transform;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The English plural of a type's name, as generated names have it. Where a name is made of several
/// words only its end is looked at, and a name that is plural already stays as it is.
public final class Plural {
  private static final Map<String, String> IRREGULAR =
      Map.ofEntries(
          Map.entry("i", "we"),
          Map.entry("me", "us"),
          Map.entry("he", "they"),
          Map.entry("she", "they"),
          Map.entry("them", "them"),
          Map.entry("myself", "ourselves"),
          Map.entry("yourself", "yourselves"),
          Map.entry("itself", "themselves"),
          Map.entry("herself", "themselves"),
          Map.entry("himself", "themselves"),
          Map.entry("themself", "themselves"),
          Map.entry("is", "are"),
          Map.entry("was", "were"),
          Map.entry("has", "have"),
          Map.entry("this", "these"),
          Map.entry("that", "those"),
          Map.entry("echo", "echoes"),
          Map.entry("dingo", "dingoes"),
          Map.entry("volcano", "volcanoes"),
          Map.entry("tornado", "tornadoes"),
          Map.entry("torpedo", "torpedoes"),
          Map.entry("genus", "genera"),
          Map.entry("viscus", "viscera"),
          Map.entry("stigma", "stigmata"),
          Map.entry("stoma", "stomata"),
          Map.entry("dogma", "dogmata"),
          Map.entry("lemma", "lemmata"),
          Map.entry("schema", "schemata"),
          Map.entry("anathema", "anathemata"),
          Map.entry("ox", "oxen"),
          Map.entry("axe", "axes"),
          Map.entry("die", "dice"),
          Map.entry("yes", "yeses"),
          Map.entry("foot", "feet"),
          Map.entry("eave", "eaves"),
          Map.entry("goose", "geese"),
          Map.entry("tooth", "teeth"),
          Map.entry("quiz", "quizzes"),
          Map.entry("human", "humans"),
          Map.entry("proof", "proofs"),
          Map.entry("carve", "carves"),
          Map.entry("valve", "valves"),
          Map.entry("looey", "looies"),
          Map.entry("thief", "thieves"),
          Map.entry("groove", "grooves"),
          Map.entry("pickaxe", "pickaxes"),
          Map.entry("graffito", "graffiti"),
          Map.entry("passerby", "passersby"));

  private static final Set<String> IRREGULAR_PLURALS = Set.copyOf(IRREGULAR.values());

  private static final Set<String> UNCOUNTABLE =
      Set.of(
          "adulthood",
          "advice",
          "agenda",
          "aid",
          "aircraft",
          "alcohol",
          "ammo",
          "analytics",
          "anime",
          "athletics",
          "audio",
          "bison",
          "blood",
          "bream",
          "buffalo",
          "butter",
          "carp",
          "cash",
          "chassis",
          "chess",
          "clothing",
          "cod",
          "commerce",
          "cooperation",
          "corps",
          "debris",
          "diabetes",
          "digestion",
          "elk",
          "energy",
          "equipment",
          "excretion",
          "expertise",
          "firmware",
          "flounder",
          "fun",
          "gallows",
          "garbage",
          "hardware",
          "headquarters",
          "health",
          "herpes",
          "highjinks",
          "homework",
          "housework",
          "information",
          "jeans",
          "justice",
          "kudos",
          "labour",
          "literature",
          "machinery",
          "mackerel",
          "mail",
          "media",
          "mews",
          "moose",
          "music",
          "mud",
          "manga",
          "news",
          "only",
          "personnel",
          "pike",
          "plankton",
          "pliers",
          "police",
          "pollution",
          "premises",
          "rain",
          "research",
          "rice",
          "salmon",
          "scissors",
          "series",
          "sewage",
          "shambles",
          "shrimp",
          "software",
          "staff",
          "swine",
          "tennis",
          "traffic",
          "transportation",
          "trout",
          "tuna",
          "wealth",
          "welfare",
          "whiting",
          "wildebeest",
          "wildlife",
          "you");

  private static final Pattern UNCOUNTABLE_ENDING =
      Pattern.compile("(?i)(?:sheep|pox|o[iu]s|measles|fish|deer|[^aeiou]ese|pok[eé]mon|eaux)$");

  /// What words end in and what they end in then; the first that fits is taken.
  private static final List<Ending> ENDINGS =
      List.of(
          new Ending("^thou$", "you"),
          new Ending("m[ae]n$", "men"),
          new Ending("(child)(?:ren)?$", "$1ren"),
          new Ending("(pe)(?:rson|ople)$", "$1ople"),
          new Ending("^((?:tit)?m|l)(?:ice|ouse)$", "$1ice"),
          new Ending("(matr|cod|mur|sil|vert|ind|append)(?:ix|ex)$", "$1ices"),
          new Ending("(x|ch|ss|sh|zz)$", "$1es"),
          new Ending("([^ch][ieo][ln])ey$", "$1ies"),
          new Ending("([^aeiouy]|qu)y$", "$1ies"),
          new Ending("(kni|wi|li)fe$", "$1ves"),
          new Ending("(ar|l|ea|eo|oa|hoo)f$", "$1ves"),
          new Ending("sis$", "ses"),
          new Ending(greek("apheli|hyperbat|periheli|asyndet|noumen|phenomen|criteri"), "$1a"),
          new Ending(greek("organ|prolegomen|hedr|automat"), "$1a"),
          new Ending(latin("agend|addend|millenni|dat|extrem|bacteri|desiderat|strat"), "$1a"),
          new Ending(latin("candelabr|errat|ov|symposi|curricul|automat|quor"), "$1a"),
          new Ending("(her|at|gr)o$", "$1oes"),
          new Ending("(seraph|cherub)(?:im)?$", "$1im"),
          new Ending("(alumn|alg|vertebr)(?:a|ae)$", "$1ae"),
          new Ending(masculine("alumn|syllab|vir|radi|nucle|fung|cact|stimul"), "$1i"),
          new Ending(masculine("termin|bacill|foc|uter|loc|strat"), "$1i"),
          new Ending("([^l]ias|[aeiou]las|[ejzr]as|[iu]am)$", "$1"),
          new Ending("(e[mn]u)s?$", "$1s"),
          new Ending("(alias|[^aou]us|t[lm]as|gas|ris)$", "$1es"),
          new Ending("(ax|test)is$", "$1es"),
          new Ending("s?$", "s"));

  private Plural() {}

  private static String greek(String stems) {
    return "(" + stems + ")(?:a|on)$";
  }

  private static String latin(String stems) {
    return "(" + stems + ")(?:a|um)$";
  }

  private static String masculine(String stems) {
    return "(" + stems + ")(?:us|i)$";
  }

  /// A rule: what a word ends in and what it ends in then.
  private record Ending(Pattern pattern, String plural) {
    Ending(String pattern, String plural) {
      this(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), plural);
    }
  }

  /// The plural of a word.
  public static String of(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (word.isEmpty() || IRREGULAR_PLURALS.contains(lower)) {
      return word;
    }
    String irregular = IRREGULAR.get(lower);
    if (irregular != null) {
      return sameCase(word, irregular);
    }
    if (UNCOUNTABLE.contains(lower) || UNCOUNTABLE_ENDING.matcher(word).find()) {
      return word;
    }
    for (Ending ending : ENDINGS) {
      Matcher matcher = ending.pattern().matcher(word);
      if (matcher.find()) {
        return word.substring(0, matcher.start()) + replaced(word, matcher, ending.plural());
      }
    }
    return word;
  }

  /// The ending follows the case of what it replaces: `V` becomes `VS`, `Post` becomes `Posts`.
  private static String replaced(String word, Matcher matcher, String plural) {
    String kept = matcher.groupCount() > 0 && plural.startsWith("$1") ? matcher.group(1) : "";
    String added = plural.replace("$1", kept == null ? "" : kept);
    String found = matcher.group();
    if (found.isEmpty()) {
      String last = word.substring(matcher.start() - 1, matcher.start());
      return sameCase(last, added);
    }
    return sameCase(found, added);
  }

  private static String sameCase(String word, String token) {
    if (word.equals(token)) {
      return token;
    }
    if (word.equals(word.toLowerCase(Locale.ROOT))) {
      return token.toLowerCase(Locale.ROOT);
    }
    if (word.equals(word.toUpperCase(Locale.ROOT))) {
      return token.toUpperCase(Locale.ROOT);
    }
    if (Character.isUpperCase(word.charAt(0))) {
      return Words.upper(token.toLowerCase(Locale.ROOT));
    }
    return token.toLowerCase(Locale.ROOT);
  }
}
