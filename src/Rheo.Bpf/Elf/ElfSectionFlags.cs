namespace Rheo.Bpf.Elf;

/// <summary>Attributes of a section (<c>sh_flags</c>).</summary>
[Flags]
public enum ElfSectionFlags : ulong
{
    /// <summary>No attribute.</summary>
    None = 0,

    /// <summary>Written at run time (<c>SHF_WRITE</c>).</summary>
    Writable = 1,

    /// <summary>Has memory at run time (<c>SHF_ALLOC</c>).</summary>
    Allocated = 2,

    /// <summary>Holds machine code (<c>SHF_EXECINSTR</c>).</summary>
    Executable = 4,
}
