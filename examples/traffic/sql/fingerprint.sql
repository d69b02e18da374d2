-- One row for each place name and day: the number of its minutes, and sums of whole numbers over every column, each
-- weighted with its time of day. Whole numbers add up to the same total in any order, so two computations of the
-- table agree here if, and only if as far as chance goes, they agree row for row. A null counts as -1.
SELECT
  uniqueid,
  year * 10000 + month * 100 + day AS event_day,
  count(*) AS minutes,
  sum(weight) AS weights,
  sum(weight * coalesce(CAST(round(currentspeed * 1000) AS bigint), -1)) AS currentspeed,
  sum(weight * bezettingsgraad) AS bezettingsgraad,
  sum(weight * coalesce(CAST(round(previousspeed * 1000) AS bigint), -1)) AS previousspeed,
  sum(weight * (trafficjamindicator + 3 * trafficjamindicatorlong + 9 * speeddiffindicator)) AS indicators,
  sum(weight * (trafficintensityclass2 + 100 * trafficintensityclass3
    + 10000 * trafficintensityclass4 + 1000000 * trafficintensityclass5)) AS intensities,
  sum(weight * coalesce(CAST(round(avgspeed3minutes * 1000) AS bigint), -1)) AS avgspeed3minutes,
  sum(weight * coalesce(CAST(round(avgspeed20minutes * 1000) AS bigint), -1)) AS avgspeed20minutes
FROM (
  SELECT *, recordtimestamp % 86400 + 60 AS weight
  FROM minutes
  WHERE recordtimestamp % 86400 >= hour * 3600 AND recordtimestamp % 86400 < hour * 3600 + 3600
) AS weighted
GROUP BY uniqueid, year * 10000 + month * 100 + day
