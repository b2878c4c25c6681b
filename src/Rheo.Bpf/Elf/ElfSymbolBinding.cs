namespace Rheo.Bpf.Elf;

/// <summary>Who can see a symbol (high half of <c>st_info</c>).</summary>
public enum ElfSymbolBinding : byte
{
    /// <summary>Its own file only: <c>static</c> in C (<c>STB_LOCAL</c>).</summary>
    Local = 0,

    /// <summary>Everybody (<c>STB_GLOBAL</c>).</summary>
    Global = 1,

    /// <summary>Everybody, unless a global one of the same name exists (<c>STB_WEAK</c>).</summary>
    Weak = 2,
}
