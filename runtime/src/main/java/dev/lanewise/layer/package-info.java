/** Layers with their parameters: what generated blocks are written in. */
package dev.lanewise.layer;
