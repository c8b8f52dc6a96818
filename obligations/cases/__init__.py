"""Use cases: what the three people, the scheduler and the clock ask of the engine. Each owns its transactions."""
