/** Random numbers whose values a seed and a place decide, the same on every Java version. */
package dev.lanewise.model.random;
