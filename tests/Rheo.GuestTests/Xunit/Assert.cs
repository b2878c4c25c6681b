using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Xunit;

/// <summary>Those of xunit's assertions that the tests use, without reflection: xunit's own do not all survive being compiled ahead.</summary>
public static class Assert
{
    /// <summary>Both are the same; of collections: the same elements in the same order; of dictionaries: in any.</summary>
    public static void Equal<T>(T expected, T actual) =>
        Expect(Same(expected, actual), $"expected {Text(expected)}, found {Text(actual)}");

    /// <inheritdoc cref="Equal{T}(T, T)"/>
    public static void Equal<T>(IEnumerable<T> expected, IEnumerable<T> actual)
    {
        var (wanted, found) = (expected.ToArray(), actual.ToArray());
        Expect(wanted.SequenceEqual(found), $"expected {Text(wanted)}, found {Text(found)}");
    }

    /// <summary>The two differ.</summary>
    public static void NotEqual<T>(T unwanted, T actual) => Expect(!Same(unwanted, actual), $"found {Text(actual)}");

    /// <summary>The condition holds.</summary>
    public static void True([DoesNotReturnIf(false)] bool condition, string? message = null) => Expect(condition, message ?? "expected true");

    /// <summary>The condition does not hold.</summary>
    public static void False([DoesNotReturnIf(true)] bool condition, string? message = null) => Expect(!condition, message ?? "expected false");

    /// <summary>There is nothing.</summary>
    public static void Null(object? value) => Expect(value is null, $"expected null, found {Text(value)}");

    /// <summary>There is something.</summary>
    public static void NotNull([NotNull] object? value) => Expect(value is not null, "found null");

    /// <summary>The value lies between two, or is one of them.</summary>
    public static void InRange<T>(T actual, T low, T high)
        where T : IComparable<T> =>
        Expect(actual.CompareTo(low) >= 0 && actual.CompareTo(high) <= 0, $"expected {low} to {high}, found {actual}");

    /// <summary>The text has the part.</summary>
    public static void Contains(string part, string? text) => Expect(text?.Contains(part, StringComparison.Ordinal) == true, $"no '{part}' in '{text}'");

    /// <summary>The collection has the element.</summary>
    public static void Contains<T>(T element, IEnumerable<T> all)
    {
        var list = all.ToArray();
        Expect(list.Contains(element), $"no {Text(element)} in {Text(list)}");
    }

    /// <summary>The collection has an element of which the condition holds.</summary>
    public static void Contains<T>(IEnumerable<T> all, Predicate<T> condition)
    {
        var list = all.ToArray();
        Expect(Array.Exists(list, condition), $"none such in {Text(list)}");
    }

    /// <summary>The text does not have the part.</summary>
    public static void DoesNotContain(string part, string? text) => Expect(text?.Contains(part, StringComparison.Ordinal) != true, $"'{part}' in '{text}'");

    /// <summary>The collection does not have the element.</summary>
    public static void DoesNotContain<T>(T element, IEnumerable<T> all) => Expect(!all.Contains(element), $"found {Text(element)}");

    /// <summary>The collection has no element of which the condition holds.</summary>
    public static void DoesNotContain<T>(IEnumerable<T> all, Predicate<T> condition)
    {
        var list = all.ToArray();
        Expect(!Array.Exists(list, condition), $"such a one in {Text(list)}");
    }

    /// <summary>The text begins so.</summary>
    public static void StartsWith(string start, string? text) => Expect(text?.StartsWith(start, StringComparison.Ordinal) == true, $"'{text}' does not begin with '{start}'");

    /// <summary>There are no elements.</summary>
    public static void Empty(IEnumerable all) => Expect(!all.Cast<object?>().Any(), $"expected none, found {Text(all)}");

    /// <summary>There are elements.</summary>
    public static void NotEmpty(IEnumerable all) => Expect(all.Cast<object?>().Any(), "found none");

    /// <summary>The only element, and there is one.</summary>
    public static T Single<T>(IEnumerable<T> all)
    {
        var list = all.ToArray();
        Expect(list.Length == 1, $"expected one, found {Text(list)}");
        return list[0];
    }

    /// <inheritdoc cref="Single{T}(IEnumerable{T})"/>
    public static T Single<T>(IEnumerable<T> all, Predicate<T> condition) => Single(all.Where(element => condition(element)));

    /// <summary>Of each element an assertion holds.</summary>
    public static void All<T>(IEnumerable<T> all, Action<T> assertion) => All(all, (element, _) => assertion(element));

    /// <inheritdoc cref="All{T}(IEnumerable{T}, Action{T})"/>
    public static void All<T>(IEnumerable<T> all, Action<T, int> assertion)
    {
        foreach (var (index, element) in all.Index())
            assertion(element, index);
    }

    /// <summary>The exception that the action throws, which is of this type and no other.</summary>
    public static T Throws<T>(Action action)
        where T : Exception
    {
        try
        {
            action();
        }
        catch (Exception thrown) when (thrown.GetType() == typeof(T))
        {
            return (T)thrown;
        }
        throw new FailedAssertionException($"no {typeof(T).Name} was thrown");
    }

    /// <inheritdoc cref="Throws{T}(Action)"/>
    public static T Throws<T>(Func<object?> action)
        where T : Exception => Throws<T>(() => { _ = action(); });

    /// <summary>The test has failed.</summary>
    [DoesNotReturn]
    public static void Fail(string message) => throw new FailedAssertionException(message);

    /// <summary>The test cannot be run here if the condition holds.</summary>
    public static void SkipWhen(bool condition, string reason)
    {
        if (condition)
            throw new SkippedTestException(reason);
    }

    private static void Expect([DoesNotReturnIf(false)] bool holds, string message)
    {
        if (!holds)
            throw new FailedAssertionException(message);
    }

    private static bool Same(object? expected, object? actual) => (expected, actual) switch
    {
        (string, string) => Equals(expected, actual),
        (IDictionary one, IDictionary other) => one.Count == other.Count
            && one.Keys.Cast<object>().All(key => other.Contains(key) && Same(one[key], other[key])),
        (IEnumerable one, IEnumerable other) => one.Cast<object?>().SequenceEqual(other.Cast<object?>()),
        _ => Equals(expected, actual),
    };

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        IEnumerable all => $"[{string.Join(", ", all.Cast<object?>().Take(20).Select(Text))}]",
        _ => value.ToString() ?? "",
    };
}
