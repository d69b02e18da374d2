-- Repartitions the landed events by the time they were measured and computes what the analysis needs.
--
-- One run fills the hours [:range_start, :range_end) of "minutes". Both are epoch seconds at a full hour, UTC. The rows
-- of an hour depend only on the events of that hour and of the hour before it, so the table is the same however a span
-- of time is cut into ranges.
--
-- Parameters, all filled in by PlanRanges (names become Athena's execution parameters, "?", in order of appearance):
--   range_start, range_end    the hours to fill
--   context_start             an hour before range_start: what the windows at the edge of the range look back upon
--   from_year .. from_hour    first arrival hour that can hold such an event, as the crawler's partition keys (text)
--   until_year .. until_hour  the arrival hour after the last one: range_end plus the bound on lateness
--
-- The comparisons with year, month, day and hour name partition keys only, so the engine leaves out the files of all
-- other hours before it reads one. They compare key by key because text keys of a partition are no time.
INSERT INTO minutes
WITH
-- Firehose delivers at least once and the feed publishes corrections: of all events of one point and one moment the
-- newest counts. The further order settles it between events that claim the same time of change.
versions AS (
  SELECT
    lve_nr, unieke_id, tijd_waarneming, defect, rekendata_bezettingsgraad,
    verkeersintensiteit_klasse2, verkeersintensiteit_klasse3,
    verkeersintensiteit_klasse4, verkeersintensiteit_klasse5,
    voertuigsnelheid_rekenkundig_klasse2, voertuigsnelheid_rekenkundig_klasse3,
    voertuigsnelheid_rekenkundig_klasse4, voertuigsnelheid_rekenkundig_klasse5,
    row_number() OVER (
      PARTITION BY unieke_id, tijd_waarneming
      ORDER BY
        tijd_laatst_gewijzigd DESC, lve_nr DESC, defect DESC, rekendata_bezettingsgraad DESC,
        verkeersintensiteit_klasse2 DESC, verkeersintensiteit_klasse3 DESC,
        verkeersintensiteit_klasse4 DESC, verkeersintensiteit_klasse5 DESC,
        voertuigsnelheid_rekenkundig_klasse2 DESC, voertuigsnelheid_rekenkundig_klasse3 DESC,
        voertuigsnelheid_rekenkundig_klasse4 DESC, voertuigsnelheid_rekenkundig_klasse5 DESC
    ) AS version
  FROM landing
  WHERE tijd_waarneming >= :context_start
    AND tijd_waarneming < :range_end
    AND (year > :from_year
      OR (year = :from_year AND (month > :from_month
        OR (month = :from_month AND (day > :from_day
          OR (day = :from_day AND hour >= :from_hour))))))
    AND (year < :until_year
      OR (year = :until_year AND (month < :until_month
        OR (month = :until_month AND (day < :until_day
          OR (day = :until_day AND hour < :until_hour))))))
),
-- A point (one lane) and minute that measured something. The speed is the mean of the arithmetic speeds of the classes
-- that had vehicles; it is kept in twelfths of a km/h, a whole number for one to four classes, so that the sum over the
-- lanes is exact in whatever order an engine adds. Null when nothing passed.
lanes AS (
  SELECT
    lve_nr, unieke_id,
    tijd_waarneming - tijd_waarneming % 60 AS minute,
    rekendata_bezettingsgraad AS bezettingsgraad,
    verkeersintensiteit_klasse2 AS class2,
    verkeersintensiteit_klasse3 AS class3,
    verkeersintensiteit_klasse4 AS class4,
    verkeersintensiteit_klasse5 AS class5,
    CASE
      CASE WHEN verkeersintensiteit_klasse2 > 0 THEN 1 ELSE 0 END
      + CASE WHEN verkeersintensiteit_klasse3 > 0 THEN 1 ELSE 0 END
      + CASE WHEN verkeersintensiteit_klasse4 > 0 THEN 1 ELSE 0 END
      + CASE WHEN verkeersintensiteit_klasse5 > 0 THEN 1 ELSE 0 END
      WHEN 1 THEN 12
      WHEN 2 THEN 6
      WHEN 3 THEN 4
      WHEN 4 THEN 3
    END * (
      CASE WHEN verkeersintensiteit_klasse2 > 0 THEN voertuigsnelheid_rekenkundig_klasse2 ELSE 0 END
      + CASE WHEN verkeersintensiteit_klasse3 > 0 THEN voertuigsnelheid_rekenkundig_klasse3 ELSE 0 END
      + CASE WHEN verkeersintensiteit_klasse4 > 0 THEN voertuigsnelheid_rekenkundig_klasse4 ELSE 0 END
      + CASE WHEN verkeersintensiteit_klasse5 > 0 THEN voertuigsnelheid_rekenkundig_klasse5 ELSE 0 END
    ) AS speed_in_twelfths
  FROM versions
  WHERE version = 1
    AND rekendata_bezettingsgraad > -1
    AND defect = 0
),
-- The lanes of one place in one minute. The place is lve_nr: the largest id in the group, which names the row, changes
-- when that lane fails, and a window must not break there.
places AS (
  SELECT
    lve_nr, minute,
    max(unieke_id) AS uniqueid,
    CAST(sum(speed_in_twelfths) AS double) / (12 * count(speed_in_twelfths)) AS currentspeed,
    CAST(round(avg(bezettingsgraad)) AS integer) AS bezettingsgraad,
    CAST(sum(class2) AS integer) AS class2,
    CAST(sum(class3) AS integer) AS class3,
    CAST(sum(class4) AS integer) AS class4,
    CAST(sum(class5) AS integer) AS class5
  FROM lanes
  GROUP BY lve_nr, minute
),
-- What came before. Windows are stretches of time (RANGE, in seconds), not numbers of rows: a gap must not pull in older
-- minutes. The previous speed is that of the row before, if it is at most an hour old. Averages are rounded to nine
-- decimals, so that the order in which an engine adds cannot decide whether 40.00000000000001 is a jam.
series AS (
  SELECT
    lve_nr, minute, uniqueid, currentspeed, bezettingsgraad, class2, class3, class4, class5,
    CASE
      WHEN minute - lag(minute) OVER (PARTITION BY lve_nr ORDER BY minute) <= 3600
      THEN lag(currentspeed) OVER (PARTITION BY lve_nr ORDER BY minute)
    END AS previousspeed,
    round(avg(currentspeed) OVER (
      PARTITION BY lve_nr ORDER BY minute RANGE BETWEEN 120 PRECEDING AND CURRENT ROW), 9) AS avgspeed3minutes,
    round(avg(currentspeed) OVER (
      PARTITION BY lve_nr ORDER BY minute RANGE BETWEEN 1140 PRECEDING AND CURRENT ROW), 9) AS avgspeed20minutes
  FROM places
),
-- The context has served its purpose: only the hours to fill remain.
filled AS (
  SELECT * FROM series WHERE minute >= :range_start
)
SELECT
  uniqueid,
  CAST(minute AS bigint) AS recordtimestamp,
  currentspeed,
  bezettingsgraad,
  previousspeed,
  CASE
    WHEN avgspeed3minutes >= 0 AND avgspeed3minutes <= 40 THEN 1
    WHEN avgspeed3minutes > 40 AND avgspeed3minutes <= 250 THEN 0
    ELSE -1
  END AS trafficjamindicator,
  CASE
    WHEN avgspeed20minutes >= 0 AND avgspeed20minutes <= 40 THEN 1
    WHEN avgspeed20minutes > 40 AND avgspeed20minutes <= 250 THEN 0
    ELSE -1
  END AS trafficjamindicatorlong,
  class2 AS trafficintensityclass2,
  class3 AS trafficintensityclass3,
  class4 AS trafficintensityclass4,
  class5 AS trafficintensityclass5,
  CASE
    WHEN round(currentspeed - previousspeed, 9) >= 20 THEN 1
    WHEN round(currentspeed - previousspeed, 9) <= -20 THEN -1
    ELSE 0
  END AS speeddiffindicator,
  avgspeed3minutes,
  avgspeed20minutes,
  year(from_unixtime(minute)) AS year,
  month(from_unixtime(minute)) AS month,
  day(from_unixtime(minute)) AS day,
  hour(from_unixtime(minute)) AS hour
FROM filled
