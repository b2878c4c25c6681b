using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Xunit;

namespace Rheo.GuestTests;

/// <summary>All tests of this program, in the order of their names.</summary>
internal static class TestList
{
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The assembly of the tests is kept whole (TrimmerRootAssembly).")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "As above.")]
    public static IEnumerable<TestCase> All() => typeof(TestList).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false })
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .SelectMany(Cases);

    private static IEnumerable<TestCase> Cases(MethodInfo method)
    {
        var fact = method.GetCustomAttribute<FactAttribute>();
        if (fact is null)
            return [];
        return fact is TheoryAttribute
            ? method.GetCustomAttributes<InlineDataAttribute>().Select(data => new TestCase(method, data.Data, fact.Skip))
            : [new TestCase(method, [], fact.Skip)];
    }
}
