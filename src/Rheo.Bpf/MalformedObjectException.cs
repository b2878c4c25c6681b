namespace Rheo.Bpf;

/// <summary>
/// An ELF file or BTF blob contradicts itself or its format: the one exception that the readers of <c>Rheo.Bpf.Elf</c> and
/// <c>Rheo.Bpf.Btf</c> throw for bad input.
/// </summary>
/// <remarks><i>Errors:</i> the message names what was being read and where; the input is to blame, never the caller.</remarks>
public sealed class MalformedObjectException : FormatException
{
    /// <summary>Makes an exception with a message that names what was being read and where.</summary>
    public MalformedObjectException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and its cause.</summary>
    public MalformedObjectException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
