namespace Rheo.Model.Filters;

/// <summary>A key whose values are words that can be counted, such as <c>state:established</c>.</summary>
internal sealed class WordKey : FilterKey
{
    private readonly (string Word, ConversationTest Test)[] _tests;

    public WordKey(string name, string meaning, params (string Word, ConversationTest Test)[] tests)
        : base(name, meaning, List(tests))
    {
        _tests = tests;
        Words = [.. tests.Select(pair => pair.Word)];
    }

    public override IReadOnlyList<string> Words { get; }

    protected override FilterNode ReadOne(string value, int column)
    {
        foreach (var (word, test) in _tests)
        {
            if (word.Equals(value, StringComparison.OrdinalIgnoreCase))
                return new TestTerm(test);
        }
        throw Unexpected(value, column, FilterWords.Nearest(value.ToLowerInvariant(), Words));
    }

    private static string List((string Word, ConversationTest Test)[] tests) =>
        tests.Length == 1 ? tests[0].Word : string.Join(", ", tests[..^1].Select(pair => pair.Word)) + " or " + tests[^1].Word;
}
