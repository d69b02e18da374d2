package dev.polder.appsync.auth;

import dev.polder.kernel.Json;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The public keys of an issuer, as a JSON Web Key Set. RSA and elliptic curves, no shared secrets.
///
/// https://www.rfc-editor.org/rfc/rfc7517
///
/// @param keys by key id; one without an id has the empty one
record JsonWebKeys(Map<String, PublicKey> keys) {

  /// Algorithm of a token to the JDK's name, for each kind of key.
  private static final Map<String, String> RSA =
      Map.of("RS256", "SHA256withRSA", "RS384", "SHA384withRSA", "RS512", "SHA512withRSA");

  private static final Map<String, String> EC =
      Map.of(
          "ES256", "SHA256withECDSAinP1363Format",
          "ES384", "SHA384withECDSAinP1363Format",
          "ES512", "SHA512withECDSAinP1363Format");

  private static final Map<String, String> CURVES =
      Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

  /// The curve that an algorithm is bound to, by the size of its field.
  private static final Map<String, Integer> FIELD =
      Map.of("ES256", 256, "ES384", 384, "ES512", 521);

  private static final int SHORTEST_RSA = 2048;

  JsonWebKeys {
    keys = Map.copyOf(keys);
  }

  /// Reads a set. Keys of other kinds, and such as are not for signatures, are passed over.
  ///
  /// @throws Json.Malformed if the text is not JSON
  static JsonWebKeys parse(String json) {
    Map<String, PublicKey> keys = new LinkedHashMap<>();
    if (Json.parseObject(json).get("keys") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> key && !"enc".equals(key.get("use"))) {
          PublicKey read = key(key);
          if (read != null) {
            keys.put(key.get("kid") instanceof String id ? id : "", read);
          }
        }
      }
    }
    return new JsonWebKeys(keys);
  }

  private static @Nullable PublicKey key(Map<?, ?> key) {
    try {
      return switch (String.valueOf(key.get("kty"))) {
        case "RSA" ->
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
        case "EC" ->
            KeyFactory.getInstance("EC")
                .generatePublic(
                    new ECPublicKeySpec(
                        new ECPoint(number(key, "x"), number(key, "y")), curve(key.get("crv"))));
        default -> null;
      };
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return null;
    }
  }

  private static BigInteger number(Map<?, ?> key, String name) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(String.valueOf(key.get(name))));
  }

  private static ECParameterSpec curve(@Nullable Object name) throws GeneralSecurityException {
    String curve = CURVES.get(String.valueOf(name));
    if (curve == null) {
      throw new GeneralSecurityException("Unknown curve " + name);
    }
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(curve));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }

  /// True if there may be a key for a token.
  boolean knows(Jwt token) {
    return find(token) != null;
  }

  /// True if one of the keys signed the token. The key's kind decides which algorithms are good.
  boolean verifies(Jwt token) {
    PublicKey key = find(token);
    return key != null && verifies(token, key);
  }

  private @Nullable PublicKey find(Jwt token) {
    String id = token.keyId();
    if (id != null) {
      return keys.get(id);
    }
    return keys.size() == 1 ? keys.values().iterator().next() : null;
  }

  private static boolean verifies(Jwt token, PublicKey key) {
    String algorithm =
        switch (key) {
          case java.security.interfaces.RSAPublicKey rsa ->
              rsa.getModulus().bitLength() < SHORTEST_RSA ? null : RSA.get(token.algorithm());
          case java.security.interfaces.ECPublicKey ec ->
              Integer.valueOf(ec.getParams().getCurve().getField().getFieldSize())
                      .equals(FIELD.get(token.algorithm()))
                  ? EC.get(token.algorithm())
                  : null;
          default -> null;
        };
    if (algorithm == null) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initVerify(key);
      signature.update(token.signed());
      return signature.verify(token.signature());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
