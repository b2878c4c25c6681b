namespace Rheo.Agent;

/// <summary>What a request thread asks the polling thread, which owns the model.</summary>
/// <typeparam name="TAnswer">What the answer is; it belongs to the asker and never changes.</typeparam>
internal abstract class Question<TAnswer>
    where TAnswer : class, IQueryAnswer
{
    /// <summary>Questions with equal keys have the same answer until the next scan.</summary>
    public abstract object Key { get; }

    /// <summary>Computes the answer. On the polling thread.</summary>
    public abstract TAnswer Answer(ITrafficSource source);
}
