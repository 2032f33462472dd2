/** ONNX Runtime at the works. */
package dev.lanewise.benchmarks.peers.onnxruntime;
