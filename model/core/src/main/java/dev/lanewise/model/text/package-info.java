/** Numbers and JSON as text. */
package dev.lanewise.model.text;
