/** Training on the executors of a Spark cluster, and what the driver does about it. */
package dev.lanewise.spark.run;
