using Rheo.Model;
using Rheo.Tests.Model;

namespace Rheo.Tests.Journal;

/// <summary>Takes a legacy over, and remembers it.</summary>
internal sealed class Heir : ILegacyHeir
{
    public ConversationTable Conversations { get; } = Flows.Table();

    public InterfaceTotals Interfaces { get; } = new();

    public List<SlotPast> Slots { get; } = [];

    public IReadOnlyList<ulong> Ended { get; private set; } = [];

    public void Inherit(in SlotPast past) => Slots.Add(past);

    public void Inherit(Ledger ledger, Traffic toldAndLost, IReadOnlyList<ulong> ended) => Ended = ended;
}
