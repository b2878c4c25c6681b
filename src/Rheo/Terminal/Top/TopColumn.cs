using Rheo.Model;

namespace Rheo.Terminal.Top;

/// <summary>One column of the live view. Its width hangs on the screen alone and not on the rows, so that nothing jumps.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Least">Below this width it is left out.</param>
/// <param name="Worth">The least worthy is left out first.</param>
/// <param name="Text">What stands in it for a row, given the width.</param>
internal sealed record TopColumn(string Title, int Least, int Worth, Func<TopRow, int, string> Text)
{
    /// <summary>Numbers stand at the right edge.</summary>
    public bool IsRight { get; init; }

    /// <summary>The width below which it is of no use at all.</summary>
    public int Narrowest { get; init; } = Least;

    /// <summary>The width that it has before less worthy columns are shown.</summary>
    public int Comfortable { get; init; } = Least;

    /// <summary>Widths to which it grows when there is room, one after the other.</summary>
    public int[] Grows { get; init; } = [];

    /// <summary>The order that it shows; it stays while the rows are sorted by that.</summary>
    public ConversationOrder? Order { get; init; }

    /// <summary>How its cells look.</summary>
    public Live.Look Look { get; init; }
}
