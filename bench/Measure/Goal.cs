namespace Rheo.Bench.Measure;

/// <summary>What a figure is to reach.</summary>
internal readonly record struct Goal(double Limit, bool AtMost)
{
    public static Goal UpTo(double limit) => new(limit, true);

    public static Goal From(double limit) => new(limit, false);

    public bool IsMet(double value) => AtMost ? value <= Limit : value >= Limit;
}
