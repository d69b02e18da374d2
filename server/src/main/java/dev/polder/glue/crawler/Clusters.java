package dev.polder.glue.crawler;

import java.util.ArrayList;
import java.util.List;

/// Gathers schemas into clusters of similar ones, and says whether most are alike: the largest
/// cluster must hold more than 70 % of the members and there may be at most five; see
/// https://repost.aws/knowledge-center/glue-crawler-detect-schema
final class Clusters {
  private static final double MAJORITY = 0.7;
  private static final int MOST = 5;

  private static final class Cluster {
    Schema schema;
    long members;

    Cluster(Schema schema) {
      this.schema = schema;
    }
  }

  private final List<Cluster> clusters = new ArrayList<>();
  private long members;

  void add(Schema schema, long count) {
    members += count;
    for (Cluster cluster : clusters) {
      if (cluster.schema.isSimilar(schema)) {
        cluster.schema = cluster.schema.merge(schema);
        cluster.members += count;
        return;
      }
    }
    if (clusters.size() <= MOST) {
      Cluster cluster = new Cluster(schema);
      cluster.members = count;
      clusters.add(cluster);
    }
  }

  boolean alike() {
    long largest = clusters.stream().mapToLong(cluster -> cluster.members).max().orElse(0);
    return clusters.size() <= MOST && (clusters.size() == 1 || largest > MAJORITY * members);
  }
}
