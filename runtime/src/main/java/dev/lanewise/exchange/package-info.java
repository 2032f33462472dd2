/**
 * Sums between workers that train one network together by data parallelism, over sockets.
 *
 * <p>A {@link dev.lanewise.exchange.WorkerListener} makes a {@link
 * dev.lanewise.exchange.WorkerGroup} of workers that know each other's addresses and share a secret
 * token; the group plans {@linkplain dev.lanewise.exchange.ArraySum sums}, which go on beside the
 * backward pass. A sum has the same bits whatever the timing and, in {@link
 * dev.lanewise.exchange.Precision#FLOAT32}, on any number of workers: {@link
 * dev.lanewise.exchange.ShardTree} is its order.
 */
package dev.lanewise.exchange;
