namespace Rheo;

/// <summary>One thing that the doctor looked at. Texts are fit to print.</summary>
/// <param name="Area">What it is about.</param>
/// <param name="Check">Which check, the same on every machine: <c>hook.tcx</c>.</param>
/// <param name="Status">How it is to be taken.</param>
/// <param name="Summary">One line: what was found, and what it means.</param>
/// <param name="Fix">The exact way out; null when nothing is to be done.</param>
public sealed record Finding(FindingArea Area, string Check, FindingStatus Status, string Summary, string? Fix = null)
{
    /// <summary>As it should be.</summary>
    public static Finding Ok(FindingArea area, string check, string summary) => new(area, check, FindingStatus.Ok, summary);

    /// <summary>It works, but.</summary>
    public static Finding Warn(FindingArea area, string check, string summary, string? fix = null) => new(area, check, FindingStatus.Warn, summary, fix);

    /// <summary>It does not work.</summary>
    public static Finding Fail(FindingArea area, string check, string summary, string? fix = null) => new(area, check, FindingStatus.Fail, summary, fix);

    /// <summary>It cannot be told.</summary>
    public static Finding Unknown(FindingArea area, string check, string summary, string? fix = null) =>
        new(area, check, FindingStatus.Unknown, summary, fix);
}
