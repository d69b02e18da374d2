-- The target table, as template.yaml declares it, for those who set up by hand. ${bucket} is the lake's bucket.
CREATE EXTERNAL TABLE IF NOT EXISTS minutes (
  uniqueid int,
  recordtimestamp bigint,
  currentspeed double,
  bezettingsgraad int,
  previousspeed double,
  trafficjamindicator int,
  trafficjamindicatorlong int,
  trafficintensityclass2 int,
  trafficintensityclass3 int,
  trafficintensityclass4 int,
  trafficintensityclass5 int,
  speeddiffindicator int,
  avgspeed3minutes double,
  avgspeed20minutes double
)
PARTITIONED BY (year bigint, month bigint, day bigint, hour bigint)
STORED AS PARQUET
LOCATION 's3://${bucket}/minutes/'
TBLPROPERTIES ('classification' = 'parquet', 'compressionType' = 'none')
