/**
 * Models as the field knows them: {@link dev.lanewise.model.Model} is built, compiled, fitted,
 * evaluated, asked for predictions, saved and loaded.
 */
package dev.lanewise.model;
