/** One model under the load of many callers, beside ONNX Runtime. */
package dev.lanewise.benchmarks.serving;
