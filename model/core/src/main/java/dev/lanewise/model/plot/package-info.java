/** Pictures of a network: its layers as a table and as a drawing, with what each of them costs. */
package dev.lanewise.model.plot;
