namespace Rheo.Bpf.Elf;

/// <summary>What a symbol names (low half of <c>st_info</c>). Values without a name here are kept as they are.</summary>
public enum ElfSymbolType : byte
{
    /// <summary>Not said (<c>STT_NOTYPE</c>).</summary>
    None = 0,

    /// <summary>A variable (<c>STT_OBJECT</c>).</summary>
    Object = 1,

    /// <summary>A function (<c>STT_FUNC</c>).</summary>
    Function = 2,

    /// <summary>A section (<c>STT_SECTION</c>).</summary>
    Section = 3,

    /// <summary>A source file (<c>STT_FILE</c>).</summary>
    File = 4,
}
