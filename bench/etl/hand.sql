-- What someone who knows DuckDB writes for one range: the computation of examples/traffic/sql/etl.sql
-- over the same files, with the same rows as its result. :landing and :target are folders, the rest
-- are epoch seconds and the first and last arrival hour to read, as yyyyMMddHH.
COPY (
WITH lanes AS (
  SELECT
    lve_nr, unieke_id, tijd_waarneming - tijd_waarneming % 60 AS minute,
    defect, rekendata_bezettingsgraad AS bezettingsgraad,
    verkeersintensiteit_klasse2 AS class2, verkeersintensiteit_klasse3 AS class3,
    verkeersintensiteit_klasse4 AS class4, verkeersintensiteit_klasse5 AS class5,
    CASE (class2 > 0)::INTEGER + (class3 > 0)::INTEGER + (class4 > 0)::INTEGER + (class5 > 0)::INTEGER
      WHEN 1 THEN 12 WHEN 2 THEN 6 WHEN 3 THEN 4 WHEN 4 THEN 3
    END * (
      CASE WHEN class2 > 0 THEN voertuigsnelheid_rekenkundig_klasse2 ELSE 0 END
      + CASE WHEN class3 > 0 THEN voertuigsnelheid_rekenkundig_klasse3 ELSE 0 END
      + CASE WHEN class4 > 0 THEN voertuigsnelheid_rekenkundig_klasse4 ELSE 0 END
      + CASE WHEN class5 > 0 THEN voertuigsnelheid_rekenkundig_klasse5 ELSE 0 END
    ) AS twelfths
  FROM read_parquet(':landing/*/*/*/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)
  WHERE tijd_waarneming >= :context_start AND tijd_waarneming < :range_end
    AND year || month || day || hour >= ':from' AND year || month || day || hour < ':until'
  QUALIFY row_number() OVER (
    PARTITION BY unieke_id, tijd_waarneming
    ORDER BY
      tijd_laatst_gewijzigd DESC, lve_nr DESC, defect DESC, rekendata_bezettingsgraad DESC,
      verkeersintensiteit_klasse2 DESC, verkeersintensiteit_klasse3 DESC,
      verkeersintensiteit_klasse4 DESC, verkeersintensiteit_klasse5 DESC,
      voertuigsnelheid_rekenkundig_klasse2 DESC, voertuigsnelheid_rekenkundig_klasse3 DESC,
      voertuigsnelheid_rekenkundig_klasse4 DESC, voertuigsnelheid_rekenkundig_klasse5 DESC) = 1
),
places AS (
  SELECT
    lve_nr, minute, max(unieke_id) AS uniqueid,
    sum(twelfths)::DOUBLE / (12 * count(twelfths)) AS currentspeed,
    round(avg(bezettingsgraad))::INTEGER AS bezettingsgraad,
    sum(class2)::INTEGER AS class2, sum(class3)::INTEGER AS class3,
    sum(class4)::INTEGER AS class4, sum(class5)::INTEGER AS class5
  FROM lanes
  WHERE bezettingsgraad > -1 AND defect = 0
  GROUP BY lve_nr, minute
),
series AS (
  SELECT
    *,
    CASE WHEN minute - lag(minute) OVER place <= 3600 THEN lag(currentspeed) OVER place END AS previousspeed,
    round(avg(currentspeed) OVER (place RANGE BETWEEN 120 PRECEDING AND CURRENT ROW), 9) AS avgspeed3minutes,
    round(avg(currentspeed) OVER (place RANGE BETWEEN 1140 PRECEDING AND CURRENT ROW), 9) AS avgspeed20minutes
  FROM places
  WINDOW place AS (PARTITION BY lve_nr ORDER BY minute)
)
SELECT
  uniqueid, minute::BIGINT AS recordtimestamp, currentspeed, bezettingsgraad, previousspeed,
  CASE WHEN avgspeed3minutes BETWEEN 0 AND 40 THEN 1
    WHEN avgspeed3minutes > 40 AND avgspeed3minutes <= 250 THEN 0 ELSE -1 END AS trafficjamindicator,
  CASE WHEN avgspeed20minutes BETWEEN 0 AND 40 THEN 1
    WHEN avgspeed20minutes > 40 AND avgspeed20minutes <= 250 THEN 0 ELSE -1 END AS trafficjamindicatorlong,
  class2 AS trafficintensityclass2, class3 AS trafficintensityclass3,
  class4 AS trafficintensityclass4, class5 AS trafficintensityclass5,
  CASE WHEN round(currentspeed - previousspeed, 9) >= 20 THEN 1
    WHEN round(currentspeed - previousspeed, 9) <= -20 THEN -1 ELSE 0 END AS speeddiffindicator,
  avgspeed3minutes, avgspeed20minutes,
  year(measured) AS year, month(measured) AS month, day(measured) AS day, hour(measured) AS hour
FROM (SELECT *, make_timestamp(minute * 1000000::BIGINT) AS measured FROM series WHERE minute >= :range_start)
) TO ':target' (
  FORMAT parquet, COMPRESSION snappy, PARTITION_BY (year, month, day, hour), OVERWRITE_OR_IGNORE true,
  FILENAME_PATTERN 'part_:range_start_{uuid}')
