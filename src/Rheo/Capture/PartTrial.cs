namespace Rheo.Capture;

/// <summary>Loads and attaches each optional part for a moment, to see whether this kernel and our rights suffice.</summary>
public static class PartTrial
{
    /// <summary>A finding for each part: none of them is needed by the rest.</summary>
    public static IEnumerable<Finding> Look() => KernelPart.All.Select(Look);

    private static Finding Look(KernelPart part)
    {
        var check = "part." + part.Name;
        try
        {
            using var hooks = part.Open();
            return hooks.Warnings.Count == 0
                ? Finding.Ok(FindingArea.Support, check, $"the {part.Name} object loads and attaches")
                : Finding.Warn(FindingArea.Support, check, $"the {part.Name} object: {Text.Printable(hooks.Warnings[0])}", Advice);
        }
        catch (MissingSupportException refused)
        {
            return Finding.Warn(FindingArea.Support, check, Text.Printable(part.Warning(refused)), Advice);
        }
    }

    private const string Advice = "docs/hooks.md says what each part needs; everything else works without it";
}
