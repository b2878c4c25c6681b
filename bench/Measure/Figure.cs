using Rheo.Measured;

namespace Rheo.Bench.Measure;

/// <summary>One line of the results.</summary>
/// <param name="Scenario">The scenario that measured it, which can be run again alone.</param>
/// <param name="Name">What it is, in words.</param>
/// <param name="Unit">The unit of the value.</param>
/// <param name="Value">Median and ends over the rounds.</param>
/// <param name="Goal">What it is to reach; none for rows that stand there for comparison.</param>
/// <param name="Note">What else is worth knowing: packets seen and sent, the noise of the base row.</param>
internal sealed record Figure(string Scenario, string Name, string Unit, Spread Value, Goal? Goal = null, string Note = "")
{
    public bool? IsMet => Goal?.IsMet(Value.Median);
}
