namespace Rheo.Bpf.Gen;

/// <summary>One value of an enum: its name in C#, its name in C, and the value as C# writes it.</summary>
internal readonly record struct EnumMemberPlan(string Name, string CName, string Value);
