namespace Rheo.Model.Filters;

/// <summary>A token of a filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Text">Its characters, in lower case.</param>
/// <param name="Written">Its characters as they were written: names of interfaces have two cases.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, int Start, string Text, string Written);
