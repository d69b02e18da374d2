package dev.polder.s3;

import static dev.polder.s3.S3Fixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Lists of objects, against a sorted set of keys.
final class ListingTest extends LakeFixture {
  private static final String[] PIECES = {
    "a",
    "b",
    "ab",
    "/",
    "/",
    "/",
    "-",
    ".",
    "..",
    "0",
    "~",
    "é",
    "\uD83D\uDE00",
    "\uFF5E",
    "=",
    "%",
    " ",
    "year=2020",
    ".~",
    "\0",
    "x".repeat(130)
  };

  @Test
  void everyListingIsThatOfASortedSet() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("ListingTest -Dseed=" + seed);
    var random = new Random(seed);
    var model =
        new TreeSet<String>((a, b) ->
            Arrays.compareUnsigned(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
    for (int i = 0; i < 250; i++) {
      String key = key(random, 8);
      if (!key.isEmpty() && key.getBytes(StandardCharsets.UTF_8).length <= 1024) {
        fixture.put(key, "");
        model.add(key);
      }
      if (random.nextInt(6) == 0 && !model.isEmpty()) {
        String gone = new ArrayList<>(model).get(random.nextInt(model.size()));
        fixture.s3.deleteObject(r -> r.bucket("lake").key(gone));
        model.remove(gone);
      }
    }
    assertThat(fixture.keys("")).containsExactlyElementsOf(model);
    for (int i = 0; i < 300; i++) {
      String prefix = random.nextBoolean() ? "" : beginning(random, model);
      String delimiter =
          random.nextInt(3) == 0 ? "" : random.nextInt(3) == 0 ? key(random, 2) : "/";
      compare(model, prefix, delimiter, 1 + random.nextInt(40));
      startAfter(model, prefix, random.nextBoolean() ? key(random, 4) : beginning(random, model));
    }
  }

  private static String key(Random random, int most) {
    var key = new StringBuilder();
    for (int i = random.nextInt(most); i >= 0; i--) {
      key.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return key.toString();
  }

  private static String beginning(Random random, TreeSet<String> model) {
    String key = new ArrayList<>(model).get(random.nextInt(model.size()));
    int end = key.offsetByCodePoints(0, random.nextInt(key.codePointCount(0, key.length()) + 1));
    return key.substring(0, end);
  }

  private void compare(TreeSet<String> model, String prefix, String delimiter, int page) {
    var expected = new ArrayList<String>();
    for (String key : model) {
      if (key.startsWith(prefix)) {
        int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
        String shown = at < 0 ? key : "group " + key.substring(0, at + delimiter.length());
        if (expected.isEmpty() || !expected.getLast().equals(shown)) {
          expected.add(shown);
        }
      }
    }
    String given = delimiter.isEmpty() ? null : delimiter;
    var second = new ArrayList<String>();
    fixture
        .s3
        .listObjectsV2Paginator(r -> r.bucket("lake").prefix(prefix).delimiter(given).maxKeys(page))
        .forEach(each -> add(second, each.contents(), each.commonPrefixes()));
    assertThat(second)
        .as("V2 prefix %s delimiter %s page %d", prefix, delimiter, page)
        .containsExactlyInAnyOrderElementsOf(expected);
    var first = new ArrayList<String>();
    String marker = null;
    do {
      String from = marker;
      var answer =
          fixture.s3.listObjects(
              r -> r.bucket("lake").prefix(prefix).delimiter(given).marker(from).maxKeys(page));
      add(first, answer.contents(), answer.commonPrefixes());
      boolean more = answer.isTruncated();
      marker =
          !more ? null : given != null ? answer.nextMarker() : answer.contents().getLast().key();
    } while (marker != null);
    assertThat(first)
        .as("V1 prefix %s delimiter %s page %d", prefix, delimiter, page)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void add(List<String> to, List<S3Object> objects, List<CommonPrefix> groups) {
    objects.forEach(each -> to.add(each.key()));
    groups.forEach(each -> to.add("group " + each.prefix()));
  }

  private void startAfter(TreeSet<String> model, String prefix, String after) {
    var expected =
        model.tailSet(after, false).stream().filter(each -> each.startsWith(prefix)).toList();
    assertThat(
            fixture
                .s3
                .listObjectsV2Paginator(
                    r -> r.bucket("lake").prefix(prefix).startAfter(after).maxKeys(30))
                .contents())
        .as("prefix %s after %s", prefix, after)
        .map(S3Object::key)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void pagesHaveTheirEdges() {
    fixture.put("a", "1");
    fixture.put("b/c", "22");

    var none = fixture.s3.listObjectsV2(r -> r.bucket("lake").maxKeys(0));
    assertThat(none.contents()).isEmpty();
    assertThat(none.isTruncated()).isFalse();
    var all = fixture.s3.listObjectsV2(r -> r.bucket("lake").maxKeys(2));
    assertThat(all.isTruncated()).isFalse();
    assertThat(all.keyCount()).isEqualTo(2);
    assertThat(all.contents()).map(S3Object::size).containsExactly(1L, 2L);
    assertThat(fixture.s3.listObjectsV2(r -> r.bucket("lake").prefix("none/")).contents())
        .isEmpty();
    assertRefused(
        "InvalidArgument", 400, () -> fixture.s3.listObjectsV2(r -> r.bucket("lake").maxKeys(-1)));
    assertRefused(
        "InvalidArgument",
        400,
        () -> fixture.s3.listObjectsV2(r -> r.bucket("lake").continuationToken("?")));
    assertRefused("NoSuchBucket", 404, () -> fixture.s3.listObjectsV2(r -> r.bucket("none")));
  }

  @Test
  void foldersWithoutObjectsAreNotThere() throws Exception {
    Files.createDirectories(fixture.root.resolve("lake/empty/below"));
    fixture.put("full/x", "");

    assertThat(fixture.s3.listObjectsV2(r -> r.bucket("lake").delimiter("/")).commonPrefixes())
        .map(CommonPrefix::prefix)
        .containsExactly("full/");
    assertThat(fixture.lake.folders("lake", "")).containsExactly("full/");
  }

  @Test
  void versionsAreTheObjects() {
    fixture.put("a", "");
    fixture.put("b", "");

    assertThat(fixture.s3.listObjectVersionsPaginator(r -> r.bucket("lake").maxKeys(1)).versions())
        .map(each -> each.key() + each.versionId())
        .containsExactly("anull", "bnull");
  }
}
