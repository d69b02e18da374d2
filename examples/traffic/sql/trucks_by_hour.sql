-- Trucks (classes 4 and 5) at each hour of the day (UTC), and their share of all traffic.
SELECT
  hour,
  sum(trafficintensityclass4 + trafficintensityclass5) AS trucks,
  round(
    1e2 * sum(trafficintensityclass4 + trafficintensityclass5)
      / nullif(sum(trafficintensityclass2 + trafficintensityclass3 + trafficintensityclass4 + trafficintensityclass5), 0),
    1) AS percent_trucks
FROM minutes
GROUP BY hour
ORDER BY hour
