/** The one pool of threads on which kernels run. */
package dev.lanewise.parallel;
