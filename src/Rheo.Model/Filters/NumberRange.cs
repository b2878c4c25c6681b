namespace Rheo.Model.Filters;

/// <summary>Numbers between two bounds.</summary>
/// <param name="Least">The lower bound.</param>
/// <param name="Greatest">The upper bound.</param>
/// <param name="WithoutLeast">The lower bound itself lies outside, as in <c>&gt;10</c>.</param>
/// <param name="WithoutGreatest">The upper bound itself lies outside, as in <c>&lt;10</c>.</param>
internal readonly record struct NumberRange(double Least, double Greatest, bool WithoutLeast = false, bool WithoutGreatest = false)
{
    public bool Contains(double value) =>
        (WithoutLeast ? value > Least : value >= Least) && (WithoutGreatest ? value < Greatest : value <= Greatest);
}
