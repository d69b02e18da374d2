-- The hours in which a place stood still longest. The name of a place is that of its lane with the largest id.
WITH names AS (
  SELECT unieke_id, max(beschrijvende_id) AS place
  FROM landing
  GROUP BY unieke_id
),
jams AS (
  SELECT
    uniqueid, year, month, day, hour,
    sum(CASE WHEN trafficjamindicatorlong = 1 THEN 1 ELSE 0 END) AS jam_minutes,
    round(avg(currentspeed), 1) AS mean_speed,
    round(min(avgspeed3minutes), 1) AS lowest_speed
  FROM minutes
  GROUP BY uniqueid, year, month, day, hour
)
SELECT
  names.place AS place,
  jams.year AS year,
  jams.month AS month,
  jams.day AS day,
  jams.hour AS hour,
  jams.jam_minutes AS jam_minutes,
  jams.mean_speed AS mean_speed,
  jams.lowest_speed AS lowest_speed
FROM jams
JOIN names ON names.unieke_id = jams.uniqueid
WHERE jams.jam_minutes > 0
ORDER BY jams.jam_minutes DESC, jams.mean_speed, names.place, jams.year, jams.month, jams.day, jams.hour
LIMIT 10
