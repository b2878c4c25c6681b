namespace Rheo.Terminal.Live;

/// <summary>How a cell looks. Colours are the terminal's own, so that they fit its background; one at a time.</summary>
[Flags]
public enum Look : byte
{
    /// <summary>As text looks.</summary>
    Plain = 0,

    /// <summary>Bold.</summary>
    Bold = 1,

    /// <summary>Less important.</summary>
    Dim = 2,

    /// <summary>Foreground and background swapped.</summary>
    Reverse = 4,

    /// <summary>Red: ANSI colour 1.</summary>
    Red = 1 << 4,

    /// <summary>Yellow: ANSI colour 3.</summary>
    Yellow = 3 << 4,

    /// <summary>Cyan: ANSI colour 6.</summary>
    Cyan = 6 << 4,
}
