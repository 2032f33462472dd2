/** Networks as ONNX graphs. */
package dev.lanewise.formats.onnx;
