/** The steps by which optimisers change parameters. */
package dev.lanewise.kernel.update;
