using Rheo.Model;
using Rheo.Terminal.Live;

namespace Rheo.Terminal.Top;

/// <summary>What a person has asked the live view for. Immutable; a key makes the next one.</summary>
public sealed record TopState
{
    /// <summary>By what it is sorted.</summary>
    public ConversationOrder Order { get; init; } = ConversationOrder.RateTenSeconds;

    /// <summary>Which conversations are shown.</summary>
    public FlowFilter Filter { get; init; } = FlowFilter.All;

    /// <summary>What a row stands for.</summary>
    public TopGrouping Grouping { get; init; }

    /// <summary>Nothing moves.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Seen enough.</summary>
    public bool IsDone { get; init; }

    /// <summary>The screen is to be drawn whole.</summary>
    public bool IsRedraw { get; init; }

    /// <summary>The first row shown.</summary>
    public int Offset { get; init; }

    /// <summary>The conversation under the cursor, by its id; null: none.</summary>
    public long? Selected { get; init; }

    /// <summary>What lies over the rows.</summary>
    public TopPanel Panel { get; init; }

    /// <summary>The first line shown of the panel.</summary>
    public int PanelOffset { get; init; }

    /// <summary>The filter being typed; null when none is.</summary>
    public FilterPrompt? Prompt { get; init; }

    /// <summary>The keys by which to sort, in the order in which <c>s</c> goes round.</summary>
    public static IReadOnlyList<(char Key, ConversationOrder Order)> Orders { get; } =
    [
        ('r', ConversationOrder.RateTenSeconds), ('b', ConversationOrder.Bytes), ('p', ConversationOrder.Packets),
        ('t', ConversationOrder.HandshakeRtt), ('f', ConversationOrder.FirstSeen), ('l', ConversationOrder.LastSeen),
    ];

    /// <summary>After a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="rows">The rows that there are.</param>
    /// <param name="page">Rows that fit on the screen.</param>
    public TopState Press(Key key, IReadOnlyList<TopRow> rows, int page)
    {
        page = Math.Max(1, page);
        if (key.IsControl('l'))
            return this with { IsRedraw = true };
        // With Ctrl-C a signal this comes from terminals in odd modes only.
        if (key.IsControl('c'))
            return this with { IsDone = true };
        if (Prompt is not null)
            return PressInPrompt(key, Prompt);
        key = key.Is('k') ? KeyName.Up : key.Is('j') ? KeyName.Down : key;
        return PressLetter(key, rows) ?? (Panel == TopPanel.None ? Move(key, rows, page) : Scroll(key, rows, page));
    }

    /// <summary>The same, fitted to rows that have changed: no offset beyond the last page.</summary>
    /// <param name="rows">Rows that there are.</param>
    /// <param name="page">Rows that fit on the screen.</param>
    /// <param name="lines">Lines of the panel that have no room on the screen.</param>
    public TopState Settled(int rows, int page, int lines = int.MaxValue) =>
        this with { Offset = Math.Clamp(Offset, 0, Math.Max(0, rows - page)), PanelOffset = Math.Min(PanelOffset, lines), IsRedraw = false };

    private TopState PressInPrompt(Key key, FilterPrompt prompt) => key.Name switch
    {
        KeyName.Escape => this with { Prompt = null },
        KeyName.Enter when prompt.Error is null => this with { Filter = prompt.Filter, Prompt = null, Offset = 0, Selected = null },
        KeyName.Enter => this,
        KeyName.Control when key.IsControl('g') => this with { Prompt = null },
        _ => this with { Prompt = prompt.Press(key) },
    };

    private TopState? PressLetter(Key key, IReadOnlyList<TopRow> rows)
    {
        if (key.Name == KeyName.Enter)
            return Panel == TopPanel.None ? Open(rows) : Closed;
        if (key.Name == KeyName.Escape)
            return Panel == TopPanel.None ? this with { Selected = null, Offset = 0 } : Closed;
        if (key.Name != KeyName.Character)
            return null;
        return key.Character.Value switch
        {
            'q' or 'Q' => this with { IsDone = true },
            ' ' => this with { IsPaused = !IsPaused },
            '/' => this with { Prompt = FilterPrompt.Of(Filter.Text), Panel = TopPanel.None },
            '?' or 'h' => Panel == TopPanel.Help ? Closed : this with { Panel = TopPanel.Help, PanelOffset = 0 },
            'g' => Grouped,
            's' or '>' => Sorted(1),
            'S' or '<' => Sorted(-1),
            var letter => SortedBy(letter),
        };
    }

    // Rows of another kind: nothing of them is under the cursor yet.
    private TopState Grouped => Closed with { Grouping = (TopGrouping)(((int)Grouping + 1) % 4), Selected = null, Offset = 0 };

    private TopState Closed => this with { Panel = TopPanel.None, PanelOffset = 0 };

    private TopState Open(IReadOnlyList<TopRow> rows)
    {
        if (rows.Count == 0)
            return this;
        var at = IndexOfSelected(rows) is var index and >= 0 ? index : Math.Min(Offset, rows.Count - 1);
        return this with { Panel = TopPanel.Details, PanelOffset = 0, Selected = rows[at].Flow.Id };
    }

    private TopState Sorted(int step)
    {
        var at = 0;
        while (at < Orders.Count - 1 && Orders[at].Order != Order)
            at++;
        return this with { Order = Orders[(at + step + Orders.Count) % Orders.Count].Order, Offset = 0 };
    }

    private TopState SortedBy(int letter)
    {
        foreach (var (key, order) in Orders)
        {
            if (key == letter)
                return this with { Order = order, Offset = 0 };
        }

        return this;
    }

    private TopState Move(Key key, IReadOnlyList<TopRow> rows, int page) => key.Name switch
    {
        KeyName.Up => Select(rows, -1, page),
        KeyName.Down => Select(rows, 1, page),
        KeyName.PageUp => Turn(-page),
        KeyName.PageDown => Turn(page),
        KeyName.Home => this with { Offset = 0, Selected = null },
        KeyName.End => this with { Offset = int.MaxValue / 2, Selected = null },
        _ => this,
    };

    private TopState Scroll(Key key, IReadOnlyList<TopRow> rows, int page) => key.Name switch
    {
        KeyName.Up or KeyName.Down when Panel == TopPanel.Details => Move(key, rows, page),
        KeyName.Up => this with { PanelOffset = Math.Max(0, PanelOffset - 1) },
        KeyName.Down => this with { PanelOffset = PanelOffset + 1 },
        KeyName.PageUp => this with { PanelOffset = Math.Max(0, PanelOffset - page) },
        KeyName.PageDown => this with { PanelOffset = PanelOffset + page },
        KeyName.Home => this with { PanelOffset = 0 },
        _ => this,
    };

    // The rows beyond may not have been read yet; the next ones settle it.
    private TopState Turn(int by) => this with { Offset = Math.Max(0, Offset + by), Selected = null };

    // The first press of an arrow takes the first row that is seen.
    private TopState Select(IReadOnlyList<TopRow> rows, int by, int page)
    {
        if (rows.Count == 0)
            return this;
        var index = IndexOfSelected(rows);
        var at = Math.Clamp(index < 0 ? Offset : index + by, 0, rows.Count - 1);
        var offset = Math.Clamp(Offset, Math.Max(0, at - page + 1), at);
        return this with { Selected = rows[at].Flow.Id, Offset = offset };
    }

    private int IndexOfSelected(IReadOnlyList<TopRow> rows)
    {
        for (var at = 0; Selected is { } id && at < rows.Count; at++)
        {
            if (rows[at].Flow.Id == id)
                return at;
        }

        return -1;
    }
}
