using Rheo.Model;

namespace Rheo;

/// <summary>Takes over what another capture has counted. Threads: one, before the capture begins.</summary>
public interface ILegacyHeir
{
    /// <summary>The table that the conversations go to.</summary>
    ConversationTable Conversations { get; }

    /// <summary>What the interfaces carried.</summary>
    InterfaceTotals Interfaces { get; }

    /// <summary>A slot of the kernel's tables, as it was told.</summary>
    void Inherit(in SlotPast past);

    /// <summary>The books, what was told of what they count as lost, and conversations that ended, by reason.</summary>
    void Inherit(Ledger ledger, Traffic toldAndLost, IReadOnlyList<ulong> ended);
}
