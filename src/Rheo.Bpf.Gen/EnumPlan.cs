namespace Rheo.Bpf.Gen;

/// <summary>A C enum as it will stand in C#: an enum, or constants of a static class.</summary>
internal sealed record EnumPlan(string Name, string CName, string Underlying, bool IsConstants, IReadOnlyList<EnumMemberPlan> Members);
