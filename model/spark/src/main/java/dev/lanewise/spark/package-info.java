/** The program that {@code spark-submit} runs. */
package dev.lanewise.spark;
