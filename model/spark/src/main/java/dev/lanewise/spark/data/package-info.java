/** Images of a DataFrame in a form from which every worker reads what it needs. */
package dev.lanewise.spark.data;
