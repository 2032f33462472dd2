/** Max and average pooling. */
package dev.lanewise.kernel.pool;
