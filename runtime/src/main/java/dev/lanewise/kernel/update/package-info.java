/** The steps by which optimisers change parameters, and other arithmetic over arrays like them. */
package dev.lanewise.kernel.update;
