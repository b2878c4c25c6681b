namespace Rheo.Bpf.Gen;

/// <summary>Something in the C program has no faithful C# form.</summary>
/// <param name="cType">The C type or variable at fault, as C writes it: <c>struct flow_key</c>.</param>
/// <param name="member">Its member; empty when the whole type is at fault.</param>
/// <param name="problem">What is wrong and the way out.</param>
internal sealed class GenerationException(string cType, string member, string problem)
    : Exception(member.Length == 0 ? $"{cType}: {problem}" : $"{cType}, member {member}: {problem}")
{
    public string CType { get; } = cType;

    public string Member { get; } = member;
}
