/** Training and classifying as stages of Spark ML's pipelines. */
package dev.lanewise.spark.ml;
