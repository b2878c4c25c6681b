using Rheo.Model;
using Rheo.Terminal.Live;
using Rheo.Terminal.Top;
using Xunit;

namespace Rheo.Tests.Terminal.Top;

public sealed class TopStateTests
{
    private const int Page = 3;
    private static readonly IReadOnlyList<TopRow> Rows = TopSamples.Busy.Rows;

    [Fact]
    public void ArrowsTakeTheFirstRowAndThenTheNext()
    {
        Assert.Equal(1, After(KeyName.Down).Selected);
        Assert.Equal(2, After(KeyName.Down, KeyName.Down).Selected);
        Assert.Equal(1, After(KeyName.Down, KeyName.Down, KeyName.Up, KeyName.Up).Selected);
        Assert.Equal(2, After('j', 'j', 'j', 'k').Selected);
    }

    [Fact]
    public void TheCursorTakesTheScreenAlong()
    {
        var state = After([.. Enumerable.Repeat<Key>(KeyName.Down, 5)]);

        Assert.Equal(5, state.Selected);
        Assert.Equal(2, state.Offset);
    }

    [Fact]
    public void TheCursorStaysWithItsConversation()
    {
        var state = After(KeyName.Down, KeyName.Down);

        Assert.Equal(1, Press(state, [.. Rows.Reverse()], KeyName.Down).Selected);
    }

    [Fact]
    public void PagesEndAtTheLastRow()
    {
        Assert.Equal(3, After(KeyName.PageDown).Settled(Rows.Count, Page).Offset);
        Assert.Equal(Rows.Count - Page, After(KeyName.End).Settled(Rows.Count, Page).Offset);
        Assert.Equal(0, After(KeyName.End, KeyName.Home).Offset);
        Assert.Equal(0, After(KeyName.PageDown, KeyName.PageUp, KeyName.PageUp).Offset);
    }

    [Fact]
    public void SortingGoesRoundBothWaysAndByLetter()
    {
        Assert.Equal(ConversationOrder.Bytes, After('s').Order);
        Assert.Equal(ConversationOrder.Bytes, After('>').Order);
        Assert.Equal(ConversationOrder.LastSeen, After('<').Order);
        Assert.Equal(ConversationOrder.RateTenSeconds, After('s', 'S').Order);
        Assert.Equal(ConversationOrder.HandshakeRtt, After('t').Order);
    }

    [Fact]
    public void OneKeyGoesRoundWhatARowStandsFor()
    {
        Assert.Equal(TopGrouping.Process, After('g').Grouping);
        Assert.Equal(TopGrouping.Host, After('g', 'g', 'g').Grouping);
        Assert.Equal(TopGrouping.Connection, After('g', 'g', 'g', 'g').Grouping);
        Assert.Null(After(KeyName.Down, 'g').Selected);
        Assert.Equal(TopPanel.None, After(KeyName.Enter, 'g').Panel);
    }

    [Fact]
    public void AFilterIsUsedWhenItIsRight()
    {
        var state = After('/', 't', 'c', 'p', KeyName.Enter);

        Assert.Equal("tcp", state.Filter.Text);
        Assert.Null(state.Prompt);
    }

    [Fact]
    public void AFilterThatIsWrongStaysToBeMended()
    {
        var state = After('/', 't', 'c', 'x', KeyName.Enter);

        Assert.Equal(1, state.Prompt!.Error!.Column);
        Assert.Equal("", state.Filter.Text);
        Assert.Equal("tcp", Press(state, Rows, KeyName.Backspace, 'p', KeyName.Enter).Filter.Text);
    }

    [Fact]
    public void EscLeavesTheFilterAsItWas()
    {
        var state = After('/', 't', 'c', 'p', KeyName.Enter, '/', 'x', KeyName.Escape);

        Assert.Equal("tcp", state.Filter.Text);
        Assert.Null(state.Prompt);
    }

    [Fact]
    public void LettersInThePromptAreLetters() => Assert.Equal("q s/?", After('/', 'q', ' ', 's', '/', '?').Prompt!.Text);

    [Fact]
    public void ThePromptCanBeEdited()
    {
        var control = (char letter) => new Key(KeyName.Control, new System.Text.Rune(letter));

        Assert.Equal("tcp", After('/', 'c', 'p', KeyName.Home, 't').Prompt!.Text);
        Assert.Equal("tp", After('/', 't', 'c', 'p', KeyName.Left, KeyName.Left, KeyName.Delete).Prompt!.Text);
        Assert.Equal("tcp ", After('/', 't', 'c', 'p', ' ', 'x', 'y', control('w')).Prompt!.Text);
        Assert.Equal("", After('/', 't', 'c', 'p', control('u')).Prompt!.Text);
        Assert.Equal("", After('/', new Key(KeyName.Character, new System.Text.Rune(0x1f642)), KeyName.Backspace).Prompt!.Text);
        Assert.Equal("", After('/', KeyName.Backspace, KeyName.Delete, KeyName.Left).Prompt!.Text);
    }

    [Fact]
    public void AnythingCanBePressedInAnyOrder()
    {
        var random = new Random(5);
        Key[] keys = ['q', ' ', '/', '?', 's', 'S', 'r', 'b', 'j', 'k', 'x', '(', new(KeyName.Control, new System.Text.Rune('w'))];
        var all = keys.Concat(Enum.GetValues<KeyName>().Where(name => name is not (KeyName.Character or KeyName.Control)).Select(name => (Key)name)).ToArray();
        var state = new TopState();
        for (var round = 0; round < 100_000; round++)
        {
            var rows = random.Next(5) == 0 ? [] : Rows.Take(random.Next(Rows.Count + 1)).ToArray();
            state = state.Press(all[random.Next(all.Length)], rows, random.Next(5)).Settled(rows.Length, 3);

            Assert.InRange(state.Offset, 0, Rows.Count);
        }
    }

    [Fact]
    public void EnterOpensDetailsAndAgainClosesThem()
    {
        Assert.Equal((TopPanel.Details, 1L), (After(KeyName.Enter).Panel, After(KeyName.Enter).Selected));
        Assert.Equal(2, After(KeyName.Enter, KeyName.Down).Selected);
        Assert.Equal(TopPanel.None, After(KeyName.Enter, KeyName.Enter).Panel);
        Assert.Equal(TopPanel.None, After('?', KeyName.Escape).Panel);
    }

    [Fact]
    public void LettersAreArrowsInPanelsToo()
    {
        Assert.Equal(2, After('?', 'j', 'j', 'j', 'k').PanelOffset);
        Assert.Equal(2, After(KeyName.Enter, 'j').Selected);
    }

    [Fact]
    public void ACharacterBeyondThoseOf16BitsIsNoLetter() =>
        Assert.False(After(new Key(KeyName.Character, new System.Text.Rune(0x20071))).IsDone); // 𠁱: its lower half is that of q

    [Fact]
    public void QuitAndPauseAreOneKey()
    {
        Assert.True(After('q').IsDone);
        Assert.True(After(' ').IsPaused);
        Assert.False(After(' ', ' ').IsPaused);
    }

    private static TopState After(params Key[] keys) => Press(new TopState(), Rows, keys);

    private static TopState Press(TopState state, IReadOnlyList<TopRow> rows, params Key[] keys) =>
        keys.Aggregate(state, (before, key) => before.Press(key, rows, Page));
}
