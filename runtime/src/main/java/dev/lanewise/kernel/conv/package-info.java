/** Convolutions, each planned as products of the method that suits its shape. */
package dev.lanewise.kernel.conv;
