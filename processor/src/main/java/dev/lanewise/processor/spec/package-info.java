/** What the annotations say, as plain records: the only thing that reader and plan share. */
package dev.lanewise.processor.spec;
