-- How fast the roads are at each hour of the day (UTC), and how much of the time they are jammed.
SELECT
  hour,
  round(avg(currentspeed), 1) AS mean_speed,
  round(1e2 * sum(CASE WHEN trafficjamindicator = 1 THEN 1 ELSE 0 END) / count(*), 2) AS percent_jammed,
  sum(trafficintensityclass2 + trafficintensityclass3 + trafficintensityclass4 + trafficintensityclass5) AS vehicles
FROM minutes
GROUP BY hour
ORDER BY hour
