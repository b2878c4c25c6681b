namespace Rheo.Bpf.Btf;

/// <summary>How a <see cref="BtfKind.Integer"/> is encoded.</summary>
/// <param name="IsSigned">Whether it is signed (<c>BTF_INT_SIGNED</c>).</param>
/// <param name="IsCharacter">Whether it is a character (<c>BTF_INT_CHAR</c>; clang leaves this unset for <c>char</c>).</param>
/// <param name="IsBoolean">Whether it is <c>bool</c> (<c>BTF_INT_BOOL</c>).</param>
/// <param name="BitOffset">First bit of the value within its bytes; 0 but for old-style bit-fields.</param>
/// <param name="Bits">Bits of the value.</param>
public readonly record struct BtfInteger(bool IsSigned, bool IsCharacter, bool IsBoolean, byte BitOffset, byte Bits);
