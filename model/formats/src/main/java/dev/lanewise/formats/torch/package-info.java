/** PyTorch's layouts of arrays, which safetensors and ONNX have too. */
package dev.lanewise.formats.torch;
