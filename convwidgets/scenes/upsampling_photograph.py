"""A photograph small enough to travel with every page: the face in `sample_image("portrait")`, reduced five times.

The portrait of Grace Hopper is a work of the U.S. Navy, public domain.
"""

from __future__ import annotations

import base64

SIDE = 48
_PIXELS = (
    "HHR4GyAiHxliiHD4/PvaqcZcGRwgTM/T7O3o6fPbty8cGy/v+vz8/Pz7qm5raWllHW2BGSAiIBpXpe356pp7VCIVGRsdecuV9Pz+/vq4unkqKSdc"
    "odnt/P38+INsaGtoHWaAGh4iHBpT0/Dmcz8VEhctExgbUszctd/795ng1W0lJSAjGkWRzO/79dNna2lpHWKEGRwgHh1Q4u1uHQ8oGBykFhkbP8nJ"
    "5dO6turWyXUkHx+hHCgmPHnT8OaMaWtoMV+LFhwhIhtN0YIWFSHFtqWFoNbKsJdoQCopKEBEmqzItIh8qdxvMjhO2OeybmtqHVuQFxohIRYWERAR"
    "FBZCkV+a3Ke+5uvulmwwPX7h9u7Ry/Gjp7rF0lYXV8h4NDJpHFSUGBohIBEQEg4OEA8VGBtRHjuUmGNCJi0vOSpPcqC4UmqOKxxynKyULhsYGBtH"
    "GU6TFhwgDw8PEBIPDRAQFA8RNRUXGxwZGRsaHBodIyUmIFyR3W0fIE0XEhUNCw4lGEaVFRoVDxAODw8PDw8ODxAQDxQZGBcXFxYXGxcZGxoVGh2H"
    "cVcmEg4MDAwPDRIXFD+jGRgPEA4PDxEQEBALDwwNDQ0PDxASFBUVExMSERUXExINDA4LCwsMDQwNDg4RGDKlHhIPDg4QDw0QDw4NCwwODQsNDQsM"
    "DAsMDA0MCwsMCwwMDAoNDQ0NDQwNDxAQGCugIREOEA8QDw0NDA0MDA0MDQ0MDQoLDAsNDA0MDA0LCgsMDQsMCwwLCwsODBEQFS2hIBANDg0NDg0N"
    "DAwNDA0MDAwNDA0ODQwMDw0LDA4ODA0OCgwNDA0KDAsNDQ4NFC+hIhAOEA8ODQ0MEAwLDgwLDg0PDg0PDw8PDw8PEA8QERIRDg0MDAsMCg0MDA4O"
    "EyWfIxAODA4NDQsLDQsNER4lKzI2MissJCIhISkoLz5HUFNNQDEdEAsMDA0MDBANESigIA4MDQ0MDQ0NDRk+aYKQlJqPk4eCemxtbnJ2fY+PmJmZ"
    "k5SDVB8NCwwMDgwOEiufHhALDAwNDQ0UQH2irKOtrbm5uLW7u6ytrLGtsb66vrCpp6iloIRDFA4NDQ8UFCufHg0NDA0XODNembCzqrC0tsTKysPG"
    "xMnFy8PJwsbKysO3tq6xqaCVZjAUDxITEiuhHwwNDBRWWVuKqrO3trm9x8rLycnJyMTHyMjQy8XJwsTIt6mspKCYjGxDEAsOFCigJA0NDj9PT3SR"
    "oq2yucG5t7G1vsPLyMHAvrjBtqubi4+OnqGcoJ6bmIlpLQ0NFSmjIA0LIDZNZ4SKnqSjmZGRh4+Vqr7DvsPIx7OuppmFeW96kKiuqZmYkYp8RhoP"
    "EiijIg8OIFRhcYeTnKqjoIJ3eYWKnLS9ubjGwrqrnI5mWGFlbHl9fH+AlHxuVi4REyqfHw4VNHBnaH2elJSknYRuaXJ4epOvq7HJxryqi35nQSw1"
    "RkA/KiRhQzdfWyolESuhIRAbVnVnXFVZQjcmGyMuJio9WXupybzNzsShgUxPc4aBjpN4zHkgLDBBXD1KEyebKh46hHVTOBs1MjKSyYlxdY+IZVl3"
    "pL+0qZp7eqiBUDI4NU15dK0/REs5XG95EiedKzJbe2JBOCYbMYB3ZDkmKjJgjnuJk6CkmIF3f3FXKy0aLSc9TktWUi85XYmcFCegMDeZe2Y2PD8p"
    "VVZsLjIaER9UQ2BsjoWnnIiRj2xcZEY8O0BIXmuKgn9reXk4FCSdMlKEUW9oa2hlXE5GQEJEU2N1g4CJjYvNzaeap5eAfXx0bWl7h4eWl5N3cYxe"
    "EySfK1FiYHBrb5eEck5KRFuEqZiUma7Gho/DzsqQu5uQprS/uJiWqZuWpJl0k6J6EyaeKUJMVIByaZWYgG9dYo+xs62Vhbq+c7LJycaer7qzk5+h"
    "m46JqaSjoJuHoLV8EyKcJjRbaZyEXZOWiJR1cX+Fe3aVysKhgL7Mz8zBj7jKyLqjmpGXpq+bkJeJWZWBFSaiJiNueZtlZIiElZZwgpysvs3TzsuV"
    "qsTQ1NHMqK/IzM/HuaGutp6djJCHToGcEyKdPJaojqRtd4qHlZWJbKLN09fX1sGMu8jQ0NPPx4K0wMnIu6yuopmVh5eveHmYERmZnbPFm56FrZR4"
    "hY2PhZG9zMnCsneJscbQzNHSz41qk6CbmbLBrpOMiJ2vnn+ZElunn7jCo62fuZ6BfoWYo4aJnpR1XG6ys8LSzMvPxLaQfIF5nq+pppCNiqGtj42V"
    "Qreum7/DkbedsqiEe4GQoJ58d4uFWqCtrLTEwr62tKWdbqm7uqycmpOOj6ihkpuYm7irmcG4gqe3qqCCg42OjqCstLeFS3pid4uboJuLdE9aN4Kq"
    "q6ahnKGVk4KcspqWrrKslsKwiKqYh26KhJCXj5ukppBKhIlFQFFVV1RYVF2QREiGlJeZmaWXnYd/jaaOsa+umcGtm5+qo7WviIqfnpudkmZipaGj"
    "pJhcO1WRlpWTgi1Ze4mPmKObsbinq62Jsa2pnL+xnYO4uL2+lJKio5aPckeXoaekpqmomZ6dkpqXl101WHaKlpyWqb2or5mHtK6nnL+1kGyovMSs"
    "h5SboZeDSGueqbKxqbK6t7eto6WjppVQSmuSmJuap7ymoJKJt7Crnrq8fl9xm6hITpGfqJt1TImXpbGwt7nIx8S/sLOuopmNT4SZoZqTaZqMpJKI"
    "trKqnru/i1JZd2wrNYmgp6aJcI+ZkoF4fXKYnYV/fYCDj5mVe5yrpZyIQVylmI2It6+onbu4hmJPYXdGJn+XpbWihY2ASzhES05RWU9bZlhZanKD"
    "m661oJ+BUHabmZGLtq2rnbera2dGKR0nJmiXnK+2i39uf4uOoJ+VkJmtq66jko2QqLWvo5x3VXqnpI2Ntquom7WbaIJpJhwlMVONk6ixlpaYj5Kd"
    "o6y3rqulqJGVn6mWpa+fm5diXYeflI+Os6ulmrGbcIKLi2YrGjJ7lJytmpKemo+IfXtxbmdtd4ycpZ6Unpuaj4RWb4SQioyOr6iknbGfc3+HhZOJ"
    "WiVmi5CWkZaXmKKXi3h0bmVnb4ORipugj6ODkGlqd3yMjY2N"
)


def photograph() -> list[list[int]]:
    """48 × 48 brightnesses from 0 to 255.

    >>> len(photograph()), photograph()[0][:3]
    (48, [28, 116, 120])
    """
    pixels = base64.b64decode(_PIXELS)
    return [list(pixels[start : start + SIDE]) for start in range(0, len(pixels), SIDE)]
